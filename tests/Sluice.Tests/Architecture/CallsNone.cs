using Mono.Cecil;
using NetArchTest.Rules;

namespace Sluice.Tests.Architecture;

/// <summary>A type meets this rule when neither its code nor that of the types nested in it calls one of the methods.</summary>
/// <param name="methods">Full names, without parameters, as in <c>System.DateTime.get_Now</c>.</param>
internal sealed class CallsNone(params string[] methods) : ICustomRule
{
    /// <inheritdoc/>
    public bool MeetsRule(TypeDefinition type) =>
        !type.Methods.Where(method => method.HasBody).SelectMany(Called).Any(methods.Contains)
        // An async method's code is in a nested type that the compiler makes.
        && type.NestedTypes.All(MeetsRule);

    private static IEnumerable<string> Called(MethodDefinition method) => method.Body.Instructions
        .Select(instruction => instruction.Operand)
        .OfType<MethodReference>()
        .Select(called => $"{called.DeclaringType.GetElementType().FullName}.{called.Name}");
}
