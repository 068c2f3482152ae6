using System.Collections.Immutable;
using System.Reflection;
using Cake.Frosting;

namespace Sluice.CommandLine;

/// <summary>A target that can be named on the command line.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does, in a sentence.</param>
internal sealed record TargetInfo(string Name, string Description)
{
    /// <summary>The tasks of an assembly, the line's first and the others by name.</summary>
    public static ImmutableArray<TargetInfo> Of(Assembly assembly) =>
    [
        .. assembly.GetExportedTypes()
            .Select(type => (Name: type.GetCustomAttribute<TaskNameAttribute>()?.Name, type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description))
            .Where(task => task.Name is not null)
            .Select(task => new TargetInfo(task.Name!, task.Description ?? ""))
            .OrderBy(target => Enum.TryParse<Rollouts.Planning.Stage>(target.Name, out var stage) ? (int)stage : int.MaxValue)
            .ThenBy(target => target.Name, StringComparer.Ordinal),
    ];
}
