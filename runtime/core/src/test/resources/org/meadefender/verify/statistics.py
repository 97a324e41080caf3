"""Prints the values that StatisticsTest holds. Run: python3 statistics.py (SciPy 1.17.1)."""
from scipy.stats import binomtest, combine_pvalues

print("binomial")
for hits, n, p0 in [(54, 100, .3), (53, 100, .3), (371, 1000, .3), (28, 100, .1), (700, 1000, .455),
                    (100, 100, .3), (0, 100, .3), (12, 12, .3), (990, 1000, .75), (300, 1000, .3)]:
    print(f'    "{hits}, {n}, {p0}, {binomtest(hits, n, p0, alternative="greater").pvalue!r}",')
print("interval")
for hits, n in [(0, 20), (20, 20), (1, 20), (707, 1000), (54, 100), (999, 1000)]:
    ci = binomtest(hits, n).proportion_ci(.95, "exact")
    print(f'    "{hits}, {n}, {ci.low!r}, {ci.high!r}",')
print("paired")
for b, c in [(20, 0), (60, 1), (30, 10), (5, 5), (0, 8), (400, 12)]:
    print(f'    "{b}, {c}, {binomtest(b, b + c, .5, alternative="greater").pvalue!r}",')
print("product")
for p in [[1 / 360, 1 / 360], [1e-6, 1e-6, 1e-6], [.3, .8], [1 / 360, 1]]:
    print(p, repr(combine_pvalues(p, method="fisher").pvalue))
