package com.example;

/** A template that builds on another one. */
@CompanyMark
@interface TeamMark {}
