namespace Sluice.Tests.Rollouts.Rehearsals;

/// <summary>Where a call on the in-memory service is.</summary>
internal enum CallMoment
{
    /// <summary>Nothing has happened yet.</summary>
    Before,

    /// <summary>The service has taken the write and works on it, whether or not the caller still waits.</summary>
    Accepted,

    /// <summary>The service is done; the answer is on its way.</summary>
    After,
}
