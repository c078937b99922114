"""The laws of counts: binomial, Poisson, hypergeometric."""
