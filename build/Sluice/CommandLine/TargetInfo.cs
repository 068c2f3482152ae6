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
    private static readonly string[] Line = Enum.GetNames<Rollouts.Planning.Stage>();

    /// <summary>The program's targets.</summary>
    public static ImmutableArray<TargetInfo> All { get; } = Of(typeof(TargetInfo).Assembly);

    /// <summary>The tasks of an assembly, the line's first and the others by name.</summary>
    public static ImmutableArray<TargetInfo> Of(Assembly assembly)
    {
        var targets = assembly.GetExportedTypes()
            .Where(type => type.IsDefined(typeof(TaskNameAttribute)))
            .Select(type => new TargetInfo(
                type.GetCustomAttribute<TaskNameAttribute>()!.Name,
                type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? "",
                [.. type.GetCustomAttributes<TaskExampleAttribute>()]))
            .ToArray();
        Array.Sort(targets, Compare);
        return [.. targets];
    }

    private static int Compare(TargetInfo one, TargetInfo other) =>
        Place(one).CompareTo(Place(other)) is var byPlace and not 0 ? byPlace : string.CompareOrdinal(one.Name, other.Name);

    private static int Place(TargetInfo target) => Array.IndexOf(Line, target.Name) is var place and >= 0 ? place : Line.Length;
}
