namespace Sluice.IntegrationTests.Callers;

/// <summary>What is said of an answer.</summary>
internal enum Finding
{
    /// <summary>It is as it has to be.</summary>
    Right,

    /// <summary>The caller did not get what it wanted.</summary>
    Failed,

    /// <summary>A deployment answered that had no traffic all the while, or another one than was asked for.</summary>
    WrongDeployment,
}
