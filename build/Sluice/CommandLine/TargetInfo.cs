using System.Collections.Immutable;
using System.Reflection;
using Cake.Frosting;

namespace Sluice.CommandLine;

/// <summary>A target that can be named on the command line.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does, in a sentence.</param>
/// <param name="Examples">Command lines that show what it is for.</param>
internal sealed record TargetInfo(string Name, string Description, ImmutableArray<TaskExampleAttribute> Examples)
{
    /// <summary>The tasks of an assembly, the line's first and the others by name.</summary>
    public static ImmutableArray<TargetInfo> Of(Assembly assembly) =>
    [
        .. assembly.GetExportedTypes()
            .Where(type => type.IsDefined(typeof(TaskNameAttribute)))
            .Select(type => new TargetInfo(
                type.GetCustomAttribute<TaskNameAttribute>()!.Name,
                type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? "",
                [.. type.GetCustomAttributes<TaskExampleAttribute>()]))
            .OrderBy(target => Enum.TryParse<Rollouts.Planning.Stage>(target.Name, out var stage) ? (int)stage : int.MaxValue)
            .ThenBy(target => target.Name, StringComparer.Ordinal),
    ];
}
