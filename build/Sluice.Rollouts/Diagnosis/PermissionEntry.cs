using System.Collections.Immutable;

namespace Sluice.Rollouts.Diagnosis;

/// <summary>What one role gives: operations, with <c>*</c> for any characters, less those that are taken out of it.</summary>
/// <param name="Actions">Operations on resources.</param>
/// <param name="NotActions">Those that are taken out of <paramref name="Actions"/>.</param>
/// <param name="DataActions">Operations on what is in resources.</param>
/// <param name="NotDataActions">Those that are taken out of <paramref name="DataActions"/>.</param>
public sealed record PermissionEntry(
    ImmutableArray<string> Actions,
    ImmutableArray<string> NotActions,
    ImmutableArray<string> DataActions,
    ImmutableArray<string> NotDataActions);
