for (folder in ['classes', 'other-order']) {
  for (name in ['Digits', 'Letters', 'Given_Named', 'Given_Valued', 'Given_Required', 'Given_Withs']) {
    assert new File(basedir, "target/$folder/com/example/Protected${name}.class").isFile()
  }
}
def wrapper = new File(basedir, 'target/generated-sources/annotations/com/example/ProtectedDigits.java').text
assert wrapper.contains('Digits.builder().build().layers()')
