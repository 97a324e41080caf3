for (folder in ['classes', 'other-order']) {
  assert new File(basedir, "target/$folder/com/example/ProtectedDigits.class").isFile()
  assert new File(basedir, "target/$folder/com/example/ProtectedLetters.class").isFile()
}
def wrapper = new File(basedir, 'target/generated-sources/annotations/com/example/ProtectedDigits.java').text
assert wrapper.contains('Digits.builder().build().layers()')
