namespace Sluice.Tests.Analysis.Bakeoff;

/// <summary>A scenario of the reference simulation.</summary>
internal sealed record Setting(int RequestsPerLook, double Weight, int Looks, double BaselineRate);
