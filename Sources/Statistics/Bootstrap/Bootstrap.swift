/// Percentile intervals of the bootstrap, exact: what endless replicates would give.
package enum Bootstrap {}
