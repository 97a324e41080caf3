import java.util.jar.JarFile

assert new File(basedir, 'target/classes/com/example/ProtectedDigits.class').isFile()

// JavaPoet is in the jar under a name of its own, so that another version does no harm.
def folder = new File(localRepositoryPath, 'org/meadefender/mea-defender-processor')
def jars = []
def poms = []
folder.eachFileRecurse { (it.name.endsWith('.jar') ? jars : it.name.endsWith('.pom') ? poms : []) << it }
assert jars.size() == 1 && poms.size() == 1
new JarFile(jars[0]).withCloseable { jar ->
  def classes = jar.entries().findAll { it.name.endsWith('.class') }
  assert classes.any { it.name == 'org/meadefender/processor/javapoet/JavaFile.class' }
  assert classes.every { it.name.startsWith('org/meadefender/processor/') }
  assert classes.every { !new String(jar.getInputStream(it).bytes, 'ISO-8859-1').contains('com/palantir') }
  assert jar.manifest.mainAttributes.getValue('Automatic-Module-Name') == 'org.meadefender.processor'
  assert jar.getInputStream(jar.getEntry('META-INF/services/javax.annotation.processing.Processor')).text.trim() ==
      'org.meadefender.processor.ProtectedProcessor'
  assert jar.getInputStream(jar.getEntry('META-INF/NOTICE')).text.contains('JavaPoet')
  assert jar.getInputStream(jar.getEntry('META-INF/LICENSE')).text.contains('Apache License')
}
// All that is left are test dependencies and those provided at compile time.
def left = new groovy.xml.XmlSlurper().parse(poms[0]).dependencies.dependency
assert left.every { it.artifactId.text() != 'javapoet' && it.scope.text() in ['provided', 'test'] }
