assert new File(basedir, 'target/classes/com/example/ProtectedDigits.class').isFile()
