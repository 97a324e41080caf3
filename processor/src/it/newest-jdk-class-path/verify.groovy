assert !new File(basedir, 'target/classes/com/example/ProtectedDigits.class').exists()
assert new File(basedir, 'build.log').text.contains('annotationProcessorPaths')
