using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sluice.Tests.Architecture;

/// <summary>The project's assemblies, found by name, so that a rule holds for types that do not exist yet.</summary>
internal static class Rooms
{
    public const string Host = "Sluice";
    public const string AzureML = "Sluice.AzureML";
    public const string Rollouts = "Sluice.Rollouts";
    public const string Emulator = "Sluice.Emulator";
    public const string Trainer = "HeartClassifier.Trainer";

    /// <summary>Every assembly whose design is the project's own; the stand-ins follow the packages that they stand in for.</summary>
    public static readonly IReadOnlyList<string> All = [Host, AzureML, Rollouts, Emulator, Trainer];

    /// <summary>
    /// The names of the assemblies that a room's compiled code refers to; a reference that no code uses is not among them.
    /// </summary>
    public static IEnumerable<string> References(string room) =>
        Assembly.Load(room).GetReferencedAssemblies().Select(reference => reference.Name!);

    /// <summary>The types of all rooms that a person wrote, nested ones too.</summary>
    public static IEnumerable<Type> Types() =>
        All.SelectMany(room => Assembly.Load(room).GetTypes()).Where(type => !IsGenerated(type));

    /// <summary>True for what the compiler or a source generator made.</summary>
    public static bool IsGenerated(MemberInfo? member) =>
        member is not null
        && (member.Name.StartsWith('<')
            || member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
            || member.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false)
            || IsGenerated(member.DeclaringType));
}
