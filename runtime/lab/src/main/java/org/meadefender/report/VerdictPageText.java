package org.meadefender.report;

/** The fixed parts of a verdict's page. */
final class VerdictPageText {
  static final String STYLE =
      """
      body{font:16px/1.5 system-ui,sans-serif;color:#1b1f24;margin:0;background:#fff}
      main{max-width:52rem;margin:0 auto;padding:1rem}
      .verdict{border-left:.5rem solid;padding:.6rem 1rem;margin:1rem 0}
      .verdict strong{display:block;font-size:1.6rem}
      .owned{border-color:#14692f;background:#e9f6ed}.owned strong{color:#14692f}
      .traces{border-color:#8a5a00;background:#fdf4e0}.traces strong{color:#8a5a00}
      .notowned{border-color:#2563a8;background:#eef4fb}.notowned strong{color:#2563a8}
      .inconclusive{border-color:#57606a;background:#f2f3f5}.inconclusive strong{color:#57606a}
      .scroll{overflow-x:auto}
      table{border-collapse:collapse;width:100%}
      th,td{text-align:left;vertical-align:top;padding:.35rem .8rem .35rem 0;
      border-bottom:1px solid #d5dae0}
      td{overflow-wrap:anywhere}
      .tests td:nth-child(2),.tests td:nth-child(3){white-space:nowrap}
      .yes{color:#14692f;font-weight:600}.no{color:#57606a;font-weight:600}
      dl{display:grid;grid-template-columns:minmax(10rem,max-content) 1fr;gap:.2rem 1rem}
      dt{color:#57606a}
      dd{margin:0;overflow-wrap:anywhere}
      @media (max-width:40rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}
      .tests thead{display:none}.tests td{display:block;border:0;padding:.1rem 0}
      .tests td[data-name]::before{content:attr(data-name) ": ";color:#57606a;font-weight:400}
      .tests tr{display:block;border-bottom:1px solid #d5dae0;padding:.4rem 0}}
      @page{size:A4;margin:16mm}
      @media print{body{font-size:10pt}main{max-width:none;padding:0}.scroll{overflow:visible}
      .verdict,.yes,.no,dt{print-color-adjust:exact;-webkit-print-color-adjust:exact}
      tr,dt,dd,.verdict{break-inside:avoid}h2,h3{break-after:avoid}}
      """;

  static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="generator" content="MEA-Defender verdict">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Verdict on ownership</title>
      <style>
      """
          + STYLE
          + """
      </style></head><body><main>
      <h1>Verdict on ownership</h1>
      """;

  static final String MEANING =
      """
      <h2>What was done</h2>
      <p>The suspect was asked for held-out samples of two classes, joined in a way that only the
      owner's key determines. A model that was taught so, or that learned from one that was, answers
      a third class, the target; the share of such answers is the watermark success rate (WSR).
      Reference models without a mark were asked the same, and the suspect was asked decoys too: the
      same samples joined in other ways, and other classes joined in the secret way. The watermark
      counts only if it stands out from all of these.</p>
      <h2>What the verdict does not show</h2>
      <p>It does not show how the mark got into the suspect, or who put it there. It does not show
      that the key was fixed before the suspect was known: a registration with a trusted time stamp
      does. A verdict other than Owned does not show innocence either, for a mark can be lost in a
      copy. The p-values rest on what the reference models and the decoys answer; they are no
      probability that the suspect was copied.</p>
      """;

  static final String TESTS_HEAD =
      """
      <div class="scroll"><table class="tests"><thead><tr><th>test</th><th>figure</th>
      <th>needed</th><th>passed</th><th>what it says</th></tr></thead><tbody>
      """;

  static final String UNREGISTERED =
      "none was given: nothing shows that classes and key were fixed before the suspect was known";

  static final String UNSTAMPED =
      "none: when the registration was made is its owner's own claim, unless it was deposited with"
          + " somebody";

  private VerdictPageText() {}
}
