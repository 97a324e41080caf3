package org.meadefender.samples.quickstart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;

/** The bar chart of a run, drawn as those of an audit. */
final class Chart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 400;

  /** Picture pixels per chart pixel, for screens with small pixels. */
  private static final int SHARPNESS = 2;

  private static final double PERCENT = 100;

  private Chart() {}

  /** Watermark samples and decoys, for each model. */
  static BufferedImage of(Map<String, TestedModel> models) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .xAxisTitle("model")
            .yAxisTitle("answered with the target, %")
            .build();
    Styler styler = chart.getStyler();
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setChartTitleVisible(false);
    styler.setChartBackgroundColor(Color.WHITE);
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(PERCENT);
    List<String> names = List.copyOf(models.keySet());
    chart.addSeries(
        "watermark samples",
        names,
        models.values().stream().map(each -> PERCENT * each.watermarkSuccessRate()).toList());
    chart.addSeries(
        "decoys", names, models.values().stream().map(each -> PERCENT * each.decoyRate()).toList());
    BufferedImage image =
        new BufferedImage(SHARPNESS * WIDTH, SHARPNESS * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.scale(SHARPNESS, SHARPNESS);
    chart.paint(pen, WIDTH, HEIGHT);
    pen.dispose();
    return image;
  }
}
