namespace Sluice.Rollouts.Planning.Figures;

/// <summary>What a gate's evidence is counted in.</summary>
public enum FigureUnit
{
    /// <summary>Requests of callers that the candidate gets.</summary>
    Requests,

    /// <summary>Rows that both deployments are sent.</summary>
    Pairs,

    /// <summary>Whole minutes of telemetry.</summary>
    Minutes,
}
