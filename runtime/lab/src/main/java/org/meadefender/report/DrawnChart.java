package org.meadefender.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/**
 * A chart as a PNG picture.
 *
 * @param title its title
 * @param explanation how to read it
 * @param address the picture as a data address
 */
record DrawnChart(String title, String explanation, String address) {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 400;

  /** Picture pixels per chart pixel, for screens with small pixels. */
  private static final int SHARPNESS = 2;

  /** An empty plane for points and lines. */
  static XYChart plane(String x, String y) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle(x).yAxisTitle(y).build();
    plain(chart.getStyler());
    return chart;
  }

  /** An empty chart for bars. */
  static CategoryChart bars(String x, String y) {
    CategoryChart chart =
        new CategoryChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle(x).yAxisTitle(y).build();
    plain(chart.getStyler());
    return chart;
  }

  private static void plain(Styler styler) {
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setChartTitleVisible(false);
    styler.setChartBackgroundColor(Color.WHITE);
  }

  /** Draws. */
  static DrawnChart of(String title, String explanation, Chart<?, ?> chart) {
    BufferedImage image =
        new BufferedImage(SHARPNESS * WIDTH, SHARPNESS * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.scale(SHARPNESS, SHARPNESS);
    chart.paint(pen, WIDTH, HEIGHT);
    pen.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot draw the chart " + title, e);
    }
    String address =
        "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    return new DrawnChart(title, explanation, address);
  }
}
