assert new File(basedir, 'target/classes/com/example/ProtectedDigits.class').isFile()
// The module does not read java.compiler, where @Generated lives.
def wrapper = new File(basedir, 'target/generated-sources/annotations/com/example/ProtectedDigits.java').text
assert !wrapper.contains('@Generated')
