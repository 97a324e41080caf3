assert new File(basedir, 'target/classes/com/example/ProtectedDigits.class').isFile()
assert new File(basedir, 'build.log').text.contains('Wrapper works without the processor')
