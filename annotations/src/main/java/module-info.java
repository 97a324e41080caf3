/** The annotation that marks a Deeplearning4j model class for protection. */
module org.meadefender.annotations {
  exports org.meadefender.annotations;
}
