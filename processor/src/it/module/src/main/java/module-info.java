/** A module with a protected model. */
module com.example.digits {
  requires org.meadefender.annotations;
}
