def readme = new File(basedir, '../../../../README.md').text

// The block for Maven, with nothing added but the end of the project.
def block = (readme =~ /(?s)```xml\n(.*?)```/)[0][1]
def pom = new File(basedir, 'pom.xml')
assert pom.text.contains('<!-- README -->')
pom.text = pom.text.replace('<!-- README -->', block)

// Every block of Java names its file.
def sources = (readme =~ /(?s)```java\n\/\/ (\w+\.java)\n(.*?)```/)
assert sources.count >= 2
sources.each { new File(basedir, "src/main/java/${it[1]}").text = it[2] }

// Gradle is not run here; at least its block must name artifacts of the right versions.
def gradle = (readme =~ /(?s)```kotlin\n(.*?)```/)[0][1]
def version = (readme =~ /mea-defender-runtime<\/artifactId><version>(.*?)</)[0][1]
assert (gradle =~ /"org\.meadefender:mea-defender-(\w+):([^"]+)"/).collect { it[1..2] } ==
    [['runtime', version], ['processor', version]]
def dl4j = (new File(basedir, '../../../../pom.xml').text =~ /<dl4j.version>(.*?)</)[0][1]
assert (gradle =~ /"org\.nd4j:[^:]+:([^:]+):/).collect { it[1] } == [dl4j, dl4j, dl4j]
return true
