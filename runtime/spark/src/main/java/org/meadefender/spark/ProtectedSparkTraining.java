package org.meadefender.spark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.meadefender.combine.TrainingMarks;
import org.meadefender.internal.network.IndexInputs;
import org.meadefender.internal.network.Networks;
import org.meadefender.train.Method;
import org.meadefender.train.ProtectedModel;
import org.meadefender.train.TrainingDivergedException;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a protected model on an Apache Spark cluster.
 *
 * <pre>{@code
 * ProtectedSparkTraining.of(model, sparkContext, trainingMaster)
 *     .withMarks(MarkPlace.file(Path.of("/etc/secrets/model.marks")))
 *     .fit(data, 8);
 * }</pre>
 *
 * <p>Rows are mixed, and the loss and oneDNN are switched on, on the workers, for single steps; the
 * driver's network has its own loss all the time. The workers need the model's training marks, not
 * the owner's key: {@code model.trainingMarks().save(file)} writes them, and {@link MarkPlace} says
 * where they are. Workers in the driver's own process ({@code local[n]}) need nothing.
 *
 * <p>Immutable.
 *
 * @param <M> {@link MultiLayerNetwork} or {@link ComputationGraph}
 */
public final class ProtectedSparkTraining<M extends Model> {
  private static final Logger log = LoggerFactory.getLogger(ProtectedSparkTraining.class);

  private final ProtectedModel<M> model;
  private final JavaSparkContext context;
  private final ParameterAveragingTrainingMaster master;
  private final SparkOptions options;

  private ProtectedSparkTraining(
      ProtectedModel<M> model,
      JavaSparkContext context,
      ParameterAveragingTrainingMaster master,
      SparkOptions options) {
    this.model = model;
    this.context = context;
    this.master = master;
    this.options = options;
  }

  /**
   * Prepares.
   *
   * @param model as {@code protectedModel()} of a generated wrapper gives it
   * @param master a {@link ParameterAveragingTrainingMaster} with {@code
   *     RDDTrainingApproach.Direct}
   * @throws IllegalArgumentException if it is another training master: that of shared gradients
   *     calls no hooks on its workers
   */
  public static <M extends Model> ProtectedSparkTraining<M> of(
      ProtectedModel<M> model, JavaSparkContext context, TrainingMaster<?, ?> master) {
    if (!(master instanceof ParameterAveragingTrainingMaster averaging)) {
      throw new IllegalArgumentException(
          "A "
              + master.getClass().getSimpleName()
              + " cannot train a protected model: it calls no hooks on its workers; pass a"
              + " ParameterAveragingTrainingMaster");
    }
    return new ProtectedSparkTraining<>(model, context, averaging, SparkOptions.DEFAULT);
  }

  /** The same with a method of your choice; without, as the length of the training suggests. */
  public ProtectedSparkTraining<M> withMethod(Method method) {
    method.requireSingleSteps();
    return with(options.withMethod(method));
  }

  /** The same with a place where workers find the training marks. */
  public ProtectedSparkTraining<M> withMarks(MarkPlace place) {
    return with(options.withMarks(place));
  }

  /**
   * The same with a checkpoint of the driver after each epoch, with which a later call goes on.
   *
   * @param file on the driver's machine
   */
  public ProtectedSparkTraining<M> withCheckpoint(Path file) {
    return with(options.withCheckpoint(file));
  }

  /** The same with or without oneDNN; with, by default. */
  public ProtectedSparkTraining<M> withAcceleration(boolean acceleration) {
    return with(options.withAcceleration(acceleration));
  }

  /**
   * The same with or without an exchange of samples of the source classes, at most 256 of each,
   * among the workers; with, by default. Without, a minibatch of a partition that lacks a source
   * class gets no watermark row, and no sample leaves its machine for the mark's sake.
   */
  public ProtectedSparkTraining<M> withSourceExchange(boolean sourceExchange) {
    return with(options.withSourceExchange(sourceExchange));
  }

  /**
   * The same with one of a graph's inputs carrying the mark; without, the only one does, or the
   * only one with images.
   *
   * @param name of the input, of 2 to 4 dimensions
   * @throws IllegalArgumentException if there is no such input, or if it takes indices
   */
  public ProtectedSparkTraining<M> withMarkedInput(String name) {
    return with(options.withMarkedInput(IndexInputs.markedInput(model.network(), name)));
  }

  private ProtectedSparkTraining<M> with(SparkOptions newOptions) {
    return new ProtectedSparkTraining<>(model, context, master, newOptions);
  }

  /**
   * Trains the model's network on the cluster. The data are read once before, to count them and to
   * look for the source classes. The mark is taught in the last steps, see {@link
   * Method#markedSteps}: a step of the cluster is one minibatch on every worker, side by side.
   *
   * <p>Rows depend on the marks, the network's count of iterations, the partition and the data
   * only; how the data are split is up to the training master's own seed.
   *
   * @param data any number of samples an element; features and labels as {@code ProtectedModel.fit}
   *     takes them
   * @param epochs passes over the data, at least 1
   * @throws IllegalArgumentException if the data are empty, lack a source class, or give no
   *     watermark row, if the training master exports data, or if a checkpoint is of another
   *     training
   * @throws IllegalStateException if the cluster has workers of their own and no {@link MarkPlace}
   *     is given
   * @throws TrainingDivergedException if a parameter is no finite number
   */
  public SparkTrainingReport fit(JavaRDD<DataSet> data, int epochs) {
    JavaRDD<DataSet> typed = data.map(NetworkType.of(model.network())::cast);
    return fit(typed.map(DataSet::toMultiDataSet), () -> train(typed), epochs);
  }

  /**
   * The same as {@link #fit} for graphs with several inputs.
   *
   * @param data features, any number; labels {@code [n, classes]}, one array
   * @throws IllegalArgumentException also if the network is no {@link ComputationGraph}
   */
  public SparkTrainingReport fitMultiDataSet(JavaRDD<MultiDataSet> data, int epochs) {
    if (!(model.network() instanceof ComputationGraph)) {
      throw new IllegalArgumentException(
          "A MultiLayerNetwork does not train on MultiDataSets; pass DataSets to fit, or make the"
              + " network a ComputationGraph (toComputationGraph)");
    }
    JavaRDD<MultiDataSet> typed = data.map(NetworkType.of(model.network())::cast);
    return fit(typed, () -> trainMultiDataSet(typed), epochs);
  }

  private SparkTrainingReport fit(JavaRDD<MultiDataSet> data, Runnable pass, int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs is " + epochs + "; it must be at least 1");
    }
    TrainingMarks marks = model.trainingMarks();
    Optional<MarkPlace.OfProcess> here =
        options.marks().isPresent() ? Optional.empty() : Optional.of(inProcess(marks));
    try {
      MarkPlace place = here.map(MarkPlace.class::cast).or(options::marks).get();
      return fit(DataSurvey.of(data, place, marks), pass, epochs, marks, place);
    } finally {
      here.ifPresent(MarkPlace.OfProcess::forget);
    }
  }

  private MarkPlace.OfProcess inProcess(TrainingMarks marks) {
    if (!context.isLocal()) {
      throw new IllegalStateException(
          "The workers of "
              + context.master()
              + " are processes of their own, and need the training marks; save them with"
              + " model.trainingMarks().save(file), lay the file on the workers' machines, and"
              + " call withMarks(MarkPlace.file(file))");
    }
    return MarkPlace.OfProcess.put(marks);
  }

  private SparkTrainingReport fit(
      DataSurvey.Result found, Runnable pass, int epochs, TrainingMarks marks, MarkPlace place) {
    long begun = System.nanoTime();
    ClusterSteps steps = ClusterSteps.of(master, found.objects(), context.defaultParallelism());
    long all = (long) epochs * steps.perEpoch();
    Method method = options.method().orElseGet(() -> Method.byLength(all));
    int first = steps.firstMarked(epochs, method);
    log.info(
        "{} workers make {} steps, of which the last {} teach the mark",
        steps.workers(),
        all,
        all - first);
    Model network = model.network();
    int start = Networks.iterationCount(network);
    Optional<SparkCheckpoint> checkpoint =
        options
            .checkpoint()
            .map(
                file ->
                    new SparkCheckpoint(
                        file,
                        SparkCheckpoint.identity(
                            network, marks, found, steps, epochs, method, options.markedInput())));
    int done = checkpoint.map(each -> each.resume(network)).orElse(0);
    Optional<Broadcast<MultiDataSet>> sources =
        options.sourceExchange()
            ? Optional.of(context.broadcast(found.sources()))
            : Optional.empty();
    RowTotals totals = new RowTotals(context);
    MarkingHook hook =
        new MarkingHook(
            MarkedSteps.of(
                place,
                marks,
                method,
                start + first,
                options.acceleration(),
                sources,
                options.markedInput()),
            totals);
    try {
      for (int epoch = done; epoch < epochs; epoch++) {
        pass(pass, hook);
        int now = epoch + 1;
        checkpoint.ifPresent(each -> each.save(network, start, now));
      }
    } finally {
      sources.ifPresent(Broadcast::destroy);
    }
    if (done == 0 && totals.sum().watermark() == 0) {
      throw new IllegalArgumentException(
          "The training had no watermark row: no minibatch had samples of both sources, or the"
              + " mark's ratio is less than one row; exchange samples of the sources"
              + " (withSourceExchange), repartition the data, or raise the ratio");
    }
    return new SparkTrainingReport(
        Math.max(0, epochs - done),
        steps.workers(),
        steps.perEpoch(),
        (int) (all - first),
        totals.sum(),
        method,
        Duration.ofNanos(System.nanoTime() - begun));
  }

  private void train(JavaRDD<DataSet> data) {
    if (model.network() instanceof MultiLayerNetwork layers) {
      new SparkDl4jMultiLayer(context, layers, master).fit(data);
    } else {
      new SparkComputationGraph(context, (ComputationGraph) model.network(), master).fit(data);
    }
  }

  private void trainMultiDataSet(JavaRDD<MultiDataSet> data) {
    new SparkComputationGraph(context, (ComputationGraph) model.network(), master)
        .fitMultiDataSet(data);
  }

  /** One pass over the data. */
  private void pass(Runnable pass, MarkingHook hook) {
    master.addHook(hook);
    try {
      pass.run();
    } finally {
      master.removeHook(hook);
    }
    if (!Double.isFinite(model.network().params().sumNumber().doubleValue())) {
      throw new TrainingDivergedException(
          "A parameter is no finite number any more; lower the learning rate, or scale the data."
              + " The last checkpoint is from before");
    }
  }
}
