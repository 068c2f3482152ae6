using Sluice.Emulator.Operations;

namespace Sluice.Emulator.Workspaces;

/// <summary>A change of the workspace that began an operation.</summary>
/// <param name="State">The workspace with the operation running.</param>
/// <param name="Operation">The operation.</param>
internal sealed record Begun(WorkspaceState State, Operation Operation);
