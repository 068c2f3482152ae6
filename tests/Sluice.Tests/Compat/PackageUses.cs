using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Sluice.Tests.Compat;

/// <summary>
/// Finds in compiled assemblies what they use of packages: every type and member that their metadata refers to, and the methods that their
/// types override or implement.
/// </summary>
/// <remarks>The names of constants and enum values are compiled away; their values are part of the compared surface.</remarks>
/// <param name="packages">The names of the packages' assemblies.</param>
internal sealed class PackageUses(IReadOnlyCollection<string> packages)
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>All uses in an assembly, each once.</summary>
    public IReadOnlyList<PackageUse> Of(Assembly assembly) => [.. Referenced(assembly).Concat(Inherited(assembly)).Distinct()];

    private IEnumerable<PackageUse> Referenced(Assembly assembly)
    {
        using var file = File.OpenRead(assembly.Location);
        using var image = new PEReader(file);
        var metadata = image.GetMetadataReader();
        var module = assembly.ManifestModule;
        foreach (var handle in metadata.TypeReferences)
        {
            if (packages.Contains(AssemblyOf(metadata, handle)))
            {
                yield return Use(module.ResolveType(MetadataTokens.GetToken(handle)));
            }
        }

        foreach (var handle in metadata.MemberReferences)
        {
            if (packages.Contains(AssemblyOf(metadata, metadata.GetMemberReference(handle).Parent)))
            {
                var member = module.ResolveMember(MetadataTokens.GetToken(handle))!;
                yield return Use(member.Module.ResolveMember(member.MetadataToken)!);
            }
        }
    }

    /// <summary>What a type overrides or implements needs no reference in its metadata, and binds it all the same.</summary>
    private IEnumerable<PackageUse> Inherited(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes())
        {
            foreach (var method in type.GetMethods(Declared).Where(method => method.IsVirtual && method.GetBaseDefinition() != method))
            {
                if (Open(method.GetBaseDefinition()) is var overridden && IsOfPackage(overridden.DeclaringType!))
                {
                    yield return Use(overridden);
                }
            }

            foreach (var contract in type.IsInterface ? [] : type.GetInterfaces().Where(IsOfPackage))
            {
                var map = type.GetInterfaceMap(contract);
                for (var index = 0; index < map.InterfaceMethods.Length; index++)
                {
                    if (map.TargetMethods[index]?.DeclaringType == type)
                    {
                        yield return Use(Open(map.InterfaceMethods[index]));
                    }
                }
            }
        }
    }

    private bool IsOfPackage(Type type) => packages.Contains(type.Assembly.GetName().Name!);

    private static MemberInfo Open(MemberInfo member) => member.Module.ResolveMember(member.MetadataToken)!;

    private static PackageUse Use(MemberInfo member) => member is Type type
        ? new(type.Assembly.GetName().Name!, type, null)
        : new(member.DeclaringType!.Assembly.GetName().Name!, member.DeclaringType, PropertyOf(member) ?? member);

    /// <summary>The property of an accessor: source code, and the listings, know no accessors.</summary>
    private static PropertyInfo? PropertyOf(MemberInfo member) => member is MethodInfo { IsSpecialName: true } method
        ? method.DeclaringType!.GetProperties(Declared).FirstOrDefault(property => property.GetAccessors(nonPublic: true).Contains(method))
        : null;

    /// <summary>The name of the assembly that a reference leads to; empty for what the assembly itself declares.</summary>
    private static string AssemblyOf(MetadataReader metadata, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.TypeReference:
                return AssemblyOf(metadata, metadata.GetTypeReference((TypeReferenceHandle)handle).ResolutionScope);
            case HandleKind.AssemblyReference:
                return metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)handle).Name);
            case HandleKind.TypeSpecification:
                // ECMA-335 II.23.2.12: GENERICINST, then CLASS or VALUETYPE, then the type. Arrays and the like have no package's members.
                var signature = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)handle).Signature);
                return signature.ReadSignatureTypeCode() == SignatureTypeCode.GenericTypeInstance
                    && signature.ReadSignatureTypeCode() == SignatureTypeCode.TypeHandle
                        ? AssemblyOf(metadata, signature.ReadTypeHandle())
                        : "";
            default:
                return "";
        }
    }
}
