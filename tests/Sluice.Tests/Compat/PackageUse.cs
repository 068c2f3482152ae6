using System.Reflection;

namespace Sluice.Tests.Compat;

/// <summary>What one of the project's assemblies uses of a package.</summary>
/// <param name="Package">The package's assembly.</param>
/// <param name="Type">The type that declares the member, or is used itself.</param>
/// <param name="Member">The member; null where only the type is named.</param>
internal sealed record PackageUse(string Package, Type Type, MemberInfo? Member);
