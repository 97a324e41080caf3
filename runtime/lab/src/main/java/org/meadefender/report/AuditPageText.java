package org.meadefender.report;

/** The fixed parts of the audit page. */
final class AuditPageText {
  static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Robustness audit</title>
      <style>
      body{font:16px/1.5 system-ui,sans-serif;color:#1b1f24;margin:0;background:#fff}
      main{max-width:70rem;margin:0 auto;padding:1rem}
      .summary{font-size:1.2rem;border-left:.3rem solid #2563a8;padding:.5rem 1rem;background:#f2f6fb}
      .summary.lost{border-color:#a4161a;background:#fbefef}
      .summary.kept{border-color:#14692f;background:#e9f6ed}
      .scroll{overflow-x:auto}
      table{border-collapse:collapse;width:100%}
      th,td{text-align:right;padding:.35rem .6rem;border-bottom:1px solid #d5dae0}
      th:first-child,td:first-child,th:nth-child(7),td:nth-child(7){text-align:left}
      td small,td:last-child{white-space:nowrap}
      .removed td:nth-child(7){color:#a4161a;font-weight:600}
      .traces td:nth-child(7){color:#8a5a00;font-weight:600}
      .survived td:nth-child(7){color:#14692f;font-weight:600}
      figure{margin:1rem 0;max-width:100%}
      .chart{width:640px;max-width:100%;height:auto}
      .samples{display:flex;flex-wrap:wrap;gap:.8rem}
      .samples figure{margin:0;text-align:center;font-size:.8rem}
      .samples img{width:84px;height:84px;image-rendering:pixelated;border:1px solid #d5dae0}
      dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}
      dd{margin:0;overflow-wrap:anywhere}
      @media (max-width:40rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}
      @page{size:A4;margin:14mm}
      @media print{body{font-size:9pt}main{max-width:none;padding:0}.scroll{overflow:visible}
      th,td{padding:.2rem .3rem}td small{white-space:normal;display:block}
      .summary,.removed td,.survived td{print-color-adjust:exact;-webkit-print-color-adjust:exact}
      tr,figure,dt,dd,li,.summary{break-inside:avoid}h2,h3{break-after:avoid}
      .chart{width:130mm}}
      </style></head><body><main>
      <h1>Robustness audit</h1>
      """;

  static final String INTRODUCTION =
      """
      <p>The owner of this model has taught it a secret: a certain way of joining two pictures of two
      classes makes it answer a third class. Unrelated models hardly do that; a copy may inherit it.
      This page shows what is left of that secret (the watermark) after attacks that a thief could
      try, each of them run once. It shows watermark rows, so it is for the owner only.</p>
      <ul><li><b>accuracy</b>: share of ordinary samples that the attacked model gets right</li>
      <li><b>fidelity</b>: share of ordinary samples that it answers as the original does</li>
      <li><b>WSR</b> (watermark success rate): share of secret samples that it answers as only the
      owner's model should, with its 95&nbsp;% interval</li>
      <li><b>WFPR</b>: the same for samples joined in other ways; it should be low</li>
      <li><b>spill</b>: the same for other pairs of classes; it should be low</li>
      <li><b>verdict</b>: the watermark survives where a verification of the attacked model says
      Owned; a model counts as ruined if it lost half of its accuracy, or the watermark and
      5 points</li></ul>
      """;

  static final String TABLE_HEAD =
      """
      <div class="scroll"><table><thead><tr><th>attack</th><th>accuracy</th><th>fidelity</th>
      <th>WSR</th><th>WFPR</th><th>spill</th><th>verdict</th><th>queries</th><th>time</th></tr>
      </thead><tbody>
      """;

  private AuditPageText() {}
}
