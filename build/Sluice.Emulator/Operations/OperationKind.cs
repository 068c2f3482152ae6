namespace Sluice.Emulator.Operations;

/// <summary>The long-running operations.</summary>
internal enum OperationKind
{
    CreateEndpoint,
    UpdateEndpoint,
    PatchEndpoint,
    RegenerateKeys,
    DeleteEndpoint,
    CreateDeployment,
    UpdateDeployment,
    PatchDeployment,
    DeleteDeployment,
}
