using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sluice.Tests.Compat;

/// <summary>Writes members as <c>build/compat/official</c> does.</summary>
internal static class SignatureText
{
    private static readonly Dictionary<Type, string> Words = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(int)] = "int",
        [typeof(long)] = "long",
        [typeof(double)] = "double",
    };

    /// <summary>A constructor, field, property or method.</summary>
    public static string Of(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"{Access(constructor)}new({Parameters(constructor)})",
        PropertyInfo property => Property(property),
        MethodInfo method => Method(method),
        FieldInfo { IsLiteral: true } constant =>
            $"{constant.Name} = {Convert.ToString(constant.GetRawConstantValue(), CultureInfo.InvariantCulture)}",
        FieldInfo field =>
            $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{Type(field.FieldType)} {field.Name}",
        _ => throw new ArgumentException($"{member} is of a kind that no listing has.", nameof(member)),
    };

    /// <summary>A type's full name; <c>int?</c> for a nullable value.</summary>
    public static string Type(Type type)
    {
        if (Words.TryGetValue(type, out var word))
        {
            return word;
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Type(value) + "?";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        if (type.IsArray)
        {
            return Type(type.GetElementType()!) + "[]";
        }

        var name = (type.Namespace is null ? "" : type.Namespace + ".") + type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(Type))}>" : name;
    }

    /// <summary>What type parameters must be.</summary>
    public static string Constraints(IEnumerable<Type> parameters) =>
        string.Concat(parameters.Select(Constraints).OfType<string>());

    private static string? Constraints(Type parameter)
    {
        var attributes = parameter.GenericParameterAttributes;
        var isClass = attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint);
        var isNew = attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint);
        string[] all =
        [
            .. isClass ? ["class"] : Array.Empty<string>(),
            .. parameter.GetGenericParameterConstraints().Select(Type),
            .. isNew ? ["new()"] : Array.Empty<string>(),
        ];
        return all.Length == 0 ? null : $" where {parameter.Name} : {string.Join(", ", all)}";
    }

    private static string Property(PropertyInfo property)
    {
        var accessors = new[] { ("get", property.GetMethod), ("set", property.SetMethod) }
            .Where(accessor => accessor.Item2 is not null && IsSeen(accessor.Item2))
            .ToList();
        var widest = accessors.Select(accessor => accessor.Item2!).OrderBy(method => method.IsPublic ? 0 : 1).First();
        var list = accessors.Select(accessor => $"{(accessor.Item2!.IsPublic == widest.IsPublic ? "" : "protected ")}{accessor.Item1};");
        var index = property.GetIndexParameters() is { Length: > 0 } ? $"[{Parameters(widest)}]" : "";
        return $"{Access(widest)}{Modifiers(widest)}{Type(property.PropertyType)} {property.Name}{index} {{ {string.Join(' ', list)} }}";
    }

    private static string Method(MethodInfo method)
    {
        var parameters = method.GetGenericArguments();
        var generics = method.IsGenericMethod ? $"<{string.Join(", ", parameters.Select(Type))}>" : "";
        var start = $"{Access(method)}{Modifiers(method)}{Type(method.ReturnType)} {method.Name}{generics}";
        return $"{start}({Parameters(method)}){Constraints(parameters)}";
    }

    /// <summary>True for what somebody outside the assembly can call or override.</summary>
    public static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Modifiers(MethodInfo method)
    {
        if (method.IsStatic)
        {
            return "static ";
        }

        // A method that implements an interface is virtual and final in metadata, and neither in C#. All methods of an interface are
        // abstract there; the ones with a body are written virtual.
        if (!method.IsVirtual || (method.IsFinal && method.GetBaseDefinition() == method))
        {
            return "";
        }

        if (method.IsAbstract)
        {
            return method.DeclaringType!.IsInterface ? "" : "abstract ";
        }

        return method.GetBaseDefinition() == method ? "virtual " : method.IsFinal ? "sealed override " : "override ";
    }

    private static string Parameters(MethodBase method)
    {
        var isExtension = method.IsDefined(typeof(ExtensionAttribute), inherit: false);
        return string.Join(", ", method.GetParameters().Select((parameter, index) =>
            (isExtension && index == 0 ? "this " : "")
            + (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")
            + $"{Type(parameter.ParameterType)} {parameter.Name}"
            + (parameter.IsOptional ? " = " + Default(parameter) : "")));
    }

    private static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "default",
        IConvertible number when Convert.ToDouble(number, CultureInfo.InvariantCulture) == 0 => "default",
        var other => Convert.ToString(other, CultureInfo.InvariantCulture)!,
    };
}
