"""Writes lof.csv: points and the factors that scikit-learn gives them (novelty mode, k = 20)."""
import csv
import numpy as np
import sklearn
from sklearn.neighbors import LocalOutlierFactor

rng = np.random.default_rng(3)
reference = np.vstack([rng.normal(0, 1, (60, 3)), rng.normal(6, 0.3, (40, 3))]).round(6)
points = np.vstack([rng.normal(0, 1, (10, 3)), rng.normal(6, 1.5, (10, 3)), rng.uniform(-8, 12, (10, 3))]).round(6)
model = LocalOutlierFactor(n_neighbors=20, novelty=True).fit(reference)
tenth = LocalOutlierFactor(n_neighbors=20, novelty=True, contamination=0.1).fit(reference)
with open("lof.csv", "w", newline="") as file:
    out = csv.writer(file)
    out.writerow([f"# scikit-learn {sklearn.__version__}: role, x, y, z, factor, outlier, outlier at contamination 0.1"])
    for row in reference:
        out.writerow(["reference", *row, "", "", ""])
    for row, factor, label, at_tenth in zip(points, -model.score_samples(points), model.predict(points), tenth.predict(points)):
        out.writerow(["new", *row, repr(float(factor)), label == -1, at_tenth == -1])
