using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sluice.Tests.Compat;

/// <summary>Reads the surface of compiled types.</summary>
internal static class ApiReader
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The types of an assembly that others can use.</summary>
    public static IReadOnlyList<ApiType> Types(Assembly assembly) => [.. assembly.GetExportedTypes().Select(Read)];

    /// <summary>The surface of a type.</summary>
    public static ApiType Read(Type type) => new(
        Kind(type),
        SignatureText.Type(type),
        type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum)
            ? SignatureText.Type(parent)
            : null,
        [.. Interfaces(type).Select(SignatureText.Type).Order(StringComparer.Ordinal)],
        type.IsGenericType ? SignatureText.Constraints(type.GetGenericArguments()) : "",
        [.. Members(type).Select(SignatureText.Of)]);

    private static IEnumerable<Type> Interfaces(Type type)
    {
        // What a base class or another interface brings is not said again.
        var all = type.GetInterfaces().Where(one => one.IsVisible).ToList();
        return all.Except(all.SelectMany(one => one.GetInterfaces())).Except(type.BaseType?.GetInterfaces() ?? []);
    }

    private static List<MemberInfo> Members(Type type)
    {
        if (type.IsEnum)
        {
            return [.. type.GetFields(BindingFlags.Public | BindingFlags.Static)];
        }

        var constructors = type.GetConstructors(Declared).Where(one => !one.IsStatic && SignatureText.IsSeen(one));
        var fields = type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly);
        var properties = type.GetProperties(Declared).Where(property => property.GetAccessors(nonPublic: true).Any(SignatureText.IsSeen));
        var methods = type.GetMethods(Declared).Where(method => SignatureText.IsSeen(method) && !IsAccessor(type, method));
        return [.. constructors, .. fields, .. properties, .. methods];
    }

    private static bool IsAccessor(Type type, MethodInfo method) =>
        method.IsSpecialName && type.GetProperties(Declared).Any(property => property.GetAccessors(nonPublic: true).Contains(method));

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => type.IsDefined(typeof(IsReadOnlyAttribute), inherit: false) ? "readonly struct" : "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };
}
