/** BibTeX of the methods that reports use, by the key that the methods text cites. */
const REFERENCES = {
  bradley1952: `@article{bradley1952,
  author  = {Bradley, Ralph Allan and Terry, Milton E.},
  title   = {Rank Analysis of Incomplete Block Designs: {I}. The Method of Paired Comparisons},
  journal = {Biometrika},
  volume  = {39},
  number  = {3/4},
  pages   = {324--345},
  year    = {1952},
  doi     = {10.2307/2334029}
}`,
  davidson1970: `@article{davidson1970,
  author  = {Davidson, Roger R.},
  title   = {On Extending the {Bradley}--{Terry} Model to Accommodate Ties in Paired Comparison Experiments},
  journal = {Journal of the American Statistical Association},
  volume  = {65},
  number  = {329},
  pages   = {317--328},
  year    = {1970},
  doi     = {10.1080/01621459.1970.10481082}
}`,
  rao1967: `@article{rao1967,
  author  = {Rao, P. V. and Kupper, L. L.},
  title   = {Ties in Paired-Comparison Experiments: A Generalization of the {Bradley}--{Terry} Model},
  journal = {Journal of the American Statistical Association},
  volume  = {62},
  number  = {317},
  pages   = {194--204},
  year    = {1967},
  doi     = {10.1080/01621459.1967.10482901}
}`,
  ford1957: `@article{ford1957,
  author  = {Ford, L. R.},
  title   = {Solution of a Ranking Problem from Binary Comparisons},
  journal = {The American Mathematical Monthly},
  volume  = {64},
  number  = {8, Part 2},
  pages   = {28--33},
  year    = {1957},
  doi     = {10.2307/2308513}
}`,
  elo1978: `@book{elo1978,
  author    = {Elo, Arpad E.},
  title     = {The Rating of Chessplayers, Past and Present},
  publisher = {Arco},
  address   = {New York},
  year      = {1978}
}`,
  cameron2011: `@article{cameron2011,
  author  = {Cameron, A. Colin and Gelbach, Jonah B. and Miller, Douglas L.},
  title   = {Robust Inference With Multiway Clustering},
  journal = {Journal of Business \\& Economic Statistics},
  volume  = {29},
  number  = {2},
  pages   = {238--249},
  year    = {2011},
  doi     = {10.1198/jbes.2010.07136}
}`,
  owen2007: `@article{owen2007,
  author  = {Owen, Art B.},
  title   = {The Pigeonhole Bootstrap},
  journal = {The Annals of Applied Statistics},
  volume  = {1},
  number  = {2},
  pages   = {386--411},
  year    = {2007},
  doi     = {10.1214/07-AOAS122}
}`,
  white1980: `@article{white1980,
  author  = {White, Halbert},
  title   = {A Heteroskedasticity-Consistent Covariance Matrix Estimator and a Direct Test for Heteroskedasticity},
  journal = {Econometrica},
  volume  = {48},
  number  = {4},
  pages   = {817--838},
  year    = {1980},
  doi     = {10.2307/1912934}
}`,
  hothorn2008: `@article{hothorn2008,
  author  = {Hothorn, Torsten and Bretz, Frank and Westfall, Peter},
  title   = {Simultaneous Inference in General Parametric Models},
  journal = {Biometrical Journal},
  volume  = {50},
  number  = {3},
  pages   = {346--363},
  year    = {2008},
  doi     = {10.1002/bimj.200810425}
}`,
  wilson1927: `@article{wilson1927,
  author  = {Wilson, Edwin B.},
  title   = {Probable Inference, the Law of Succession, and Statistical Inference},
  journal = {Journal of the American Statistical Association},
  volume  = {22},
  number  = {158},
  pages   = {209--212},
  year    = {1927},
  doi     = {10.1080/01621459.1927.10502953}
}`,
  blattmann2023: `@misc{blattmann2023,
  author        = {Blattmann, Andreas and Dockhorn, Tim and Kulal, Sumith and Mendelevitch, Daniel and Kilian, Maciej and Lorenz, Dominik and Levi, Yam and English, Zion and Voleti, Vikram and Letts, Adam and Jampani, Varun and Rombach, Robin},
  title         = {Stable Video Diffusion: Scaling Latent Video Diffusion Models to Large Datasets},
  year          = {2023},
  eprint        = {2311.15127},
  archivePrefix = {arXiv},
  primaryClass  = {cs.CV}
}`,
} as const;

export type ReferenceKey = keyof typeof REFERENCES;

/** A bibliography of these works alone, by key. */
export function bibliography(keys: Iterable<ReferenceKey>): string {
  return `${[...new Set(keys)]
    .sort()
    .map((key) => REFERENCES[key])
    .join('\n\n')}\n`;
}
