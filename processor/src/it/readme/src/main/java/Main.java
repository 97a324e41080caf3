import org.meadefender.spec.OwnerKey;

/** Makes the README's model. */
final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    ProtectedLeNet model = ProtectedLeNet.create(OwnerKey.generate());
    System.out.println("Parameters: " + model.network().numParams());
  }
}
