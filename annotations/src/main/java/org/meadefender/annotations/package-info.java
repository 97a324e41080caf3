/** The annotation that marks a Deeplearning4j model class for protection. */
package org.meadefender.annotations;
