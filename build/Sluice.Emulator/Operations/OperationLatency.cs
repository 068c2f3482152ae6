namespace Sluice.Emulator.Operations;

/// <summary>How long each kind of operation takes.</summary>
/// <param name="Profile">The profile.</param>
/// <param name="Scale">Factor on its durations.</param>
internal sealed record OperationLatency(LatencyProfile Profile, double Scale)
{
    /// <summary>The duration of a kind of operation.</summary>
    public TimeSpan Of(OperationKind kind) => TimeSpan.FromSeconds(Scale * Profile switch
    {
        LatencyProfile.Instant => 0,
        LatencyProfile.Demo => Demo(kind),
        _ => Azure(kind),
    });

    private static double Demo(OperationKind kind) => kind switch
    {
        OperationKind.CreateEndpoint => 1.0,
        OperationKind.CreateDeployment or OperationKind.UpdateDeployment => 2.0,
        OperationKind.PatchDeployment or OperationKind.DeleteDeployment or OperationKind.DeleteEndpoint => 1.0,
        _ => 0.6,
    };

    // Measured from public recordings of the service: endpoint 20.7 s, traffic 20.3 s, deployment create 306 s, delete 331 s.
    // An endpoint's delete and a deployment's scaling are estimates.
    private static double Azure(OperationKind kind) => kind switch
    {
        OperationKind.CreateEndpoint => 20.7,
        OperationKind.DeleteEndpoint => 90,
        OperationKind.CreateDeployment or OperationKind.UpdateDeployment => 306,
        OperationKind.PatchDeployment => 180,
        OperationKind.DeleteDeployment => 331,
        _ => 20.3,
    };
}
