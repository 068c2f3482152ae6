namespace Sluice.Emulator.Operations;

/// <summary>Where a container finds its files.</summary>
/// <param name="Model">The folder that holds the model's file or folder; null without a model.</param>
/// <param name="Code">The folder of the code; null without one.</param>
internal sealed record ContainerFolders(string? Model, string? Code);
