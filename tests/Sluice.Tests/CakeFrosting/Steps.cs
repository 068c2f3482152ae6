namespace Sluice.Tests.CakeFrosting;

/// <summary>What happened in a run, in order.</summary>
internal sealed class Steps : List<string>;
