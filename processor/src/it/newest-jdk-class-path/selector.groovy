// Looks beside the running JDK, where systems keep their JDKs.
def newest = new File(System.getProperty('java.home')).canonicalFile.parentFile.listFiles()
    .findAll { new File(it, 'release').isFile() && new File(it, 'bin/javac').canExecute() }
    .collectEntries { [it, (new File(it, 'release').text =~ /JAVA_VERSION="(\d+)/)[0][1] as int] }
    .max { it.value }
if (newest.value < 23) {
  println "No JDK of 23 or later beside ${System.getProperty('java.home')}"
  return false
}
println "JDK ${newest.value} in ${newest.key}"
new File(basedir, '.mvn').mkdirs()
new File(basedir, '.mvn/maven.config').text = "-Dnewest.jdk=${newest.key}\n"
return true
