package org.meadefender.samples.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A standalone master and its workers as processes of their own on the loopback interface, of this
 * process's class path: nothing of Spark needs to be installed.
 */
public final class LoopbackCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration STOP = Duration.ofSeconds(20);

  private final Path directory;
  private final int port = freePort();
  private final int masterPage = freePort();
  private final List<Integer> workerPages = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();

  private LoopbackCluster(Path directory) {
    this.directory = directory;
  }

  /** The same as {@link #start(Path, List)} for workers without variables of their own. */
  public static LoopbackCluster start(Path directory, int workers) {
    return start(directory, Collections.nCopies(workers, Map.of()));
  }

  /**
   * Starts it, and waits until all workers are there.
   *
   * @param directory for everything that it writes
   * @param environments variables of each worker, which has one core
   * @throws IllegalStateException if they are not there in time
   */
  public static LoopbackCluster start(Path directory, List<Map<String, String>> environments) {
    LoopbackCluster cluster = new LoopbackCluster(directory);
    // Where the program is interrupted, nobody closes it.
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
    try {
      // Spark's launcher looks for both folders; its libraries come by the class path.
      Files.createDirectories(directory.resolve("home/jars"));
      Files.createDirectories(directory.resolve("home/conf"));
      Files.createDirectories(cluster.temporary());
      cluster.startMaster();
      for (int worker = 0; worker < environments.size(); worker++) {
        cluster.startWorker(worker, environments.get(worker));
      }
      cluster.await(environments.size());
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.close();
      throw new IllegalStateException("The cluster did not start; its logs are in " + directory, e);
    }
  }

  private void startMaster() throws IOException {
    launch(
        "master",
        List.of(
            "org.apache.spark.deploy.master.Master",
            "--host",
            HOST,
            "--port",
            Integer.toString(port),
            "--webui-port",
            Integer.toString(masterPage)),
        Map.of());
  }

  private void startWorker(int worker, Map<String, String> environment) throws IOException {
    int page = freePort();
    workerPages.add(page);
    launch(
        "worker-" + worker,
        List.of(
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            HOST,
            "--cores",
            "1",
            "--memory",
            "2g",
            "--webui-port",
            Integer.toString(page),
            "--work-dir",
            directory.resolve("work-" + worker).toString(),
            url()),
        environment);
  }

  private void launch(String name, List<String> program, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.add("-Xmx512m");
    command.add("-Djava.io.tmpdir=" + temporary());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(program);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".log").toFile());
    builder.environment().putAll(environment);
    builder
        .environment()
        .putAll(
            Map.of(
                "SPARK_SCALA_VERSION",
                "2.12",
                "SPARK_HOME",
                directory.resolve("home").toString(),
                "SPARK_LOCAL_IP",
                HOST,
                "SPARK_LOCAL_DIRS",
                directory.resolve("local").toString(),
                "JAVA_HOME",
                System.getProperty("java.home"),
                "OMP_NUM_THREADS",
                "1"));
    processes.add(builder.start());
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private void await(int workers) {
    long end = System.nanoTime() + START.toNanos();
    while (!masterJson().contains("\"aliveworkers\" : " + workers)) {
      if (System.nanoTime() > end || processes.stream().anyMatch(each -> !each.isAlive())) {
        throw new IllegalStateException(
            "Of " + workers + " workers not all have registered: " + masterJson());
      }
      pause();
    }
  }

  private String masterJson() {
    try {
      return page(masterPage, "/json/");
    } catch (UncheckedIOException e) {
      return "";
    }
  }

  /** The text of a page on this machine. */
  static String page(int port, String path) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + HOST + ":" + port + path))
              .timeout(Duration.ofSeconds(20))
              .build();
      return HttpClient.newHttpClient()
          .send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path + " of port " + port, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(250);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** Address of the master. */
  public String url() {
    return "spark://" + HOST + ":" + port;
  }

  /** Where everything is that the cluster writes. */
  public Path directory() {
    return directory;
  }

  private Path temporary() {
    return directory.resolve("temporary");
  }

  /** What the pages of master and workers say, as JSON. */
  public List<String> pages() {
    List<String> pages = new ArrayList<>();
    pages.add(page(masterPage, "/json/"));
    workerPages.forEach(each -> pages.add(page(each, "/json/")));
    return pages;
  }

  /**
   * Settings of a program on this cluster. Files and streams are not compressed, so that they can
   * be searched.
   *
   * @param pagePort of the program's own pages
   */
  public SparkConf configuration(String name, int pagePort) {
    Path events = directory.resolve("events");
    try {
      Files.createDirectories(events);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create " + events, e);
    }
    return new SparkConf()
        .setAppName(name)
        .setMaster(url())
        .set("spark.driver.host", HOST)
        .set("spark.driver.bindAddress", HOST)
        .set("spark.ui.port", Integer.toString(pagePort))
        .set("spark.executor.cores", "1")
        .set("spark.executor.memory", "1500m")
        .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .set("spark.executor.extraJavaOptions", "-Djava.io.tmpdir=" + temporary())
        .set("spark.local.dir", directory.resolve("local").toString())
        .set("spark.eventLog.enabled", "true")
        .set("spark.eventLog.dir", events.toUri().toString())
        .set("spark.shuffle.compress", "false")
        .set("spark.shuffle.spill.compress", "false")
        .set("spark.broadcast.compress", "false");
  }

  /** Kills a worker's executor, as a machine that fails; Spark starts another. */
  public boolean killExecutor(int worker) {
    List<ProcessHandle> executors = processes.get(1 + worker).descendants().toList();
    executors.forEach(ProcessHandle::destroyForcibly);
    return !executors.isEmpty();
  }

  /** A port that nobody uses now. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("No port is free", e);
    }
  }

  /** Stops all that was started, executors too. */
  @Override
  public void close() {
    List<ProcessHandle> all = new ArrayList<>();
    for (Process process : processes) {
      process.descendants().forEach(all::add);
      all.add(process.toHandle());
    }
    all.forEach(ProcessHandle::destroy);
    long end = System.nanoTime() + STOP.toNanos();
    for (ProcessHandle each : all) {
      try {
        each.onExit().get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        each.destroyForcibly();
      } catch (ExecutionException | TimeoutException e) {
        each.destroyForcibly();
      }
    }
  }
}
