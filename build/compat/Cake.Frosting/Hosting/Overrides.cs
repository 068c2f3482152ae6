namespace Cake.Frosting.Hosting;

/// <summary>Tells whether a virtual method of a base was overridden.</summary>
internal static class Overrides
{
    /// <summary>Looks where the method that a call would reach is declared.</summary>
    /// <param name="method">The virtual method, bound to an object.</param>
    /// <param name="declaringBase">The class that declares the method.</param>
    /// <returns><see langword="true"/> when a derived class overrides the method.</returns>
    public static bool Of(Delegate method, Type declaringBase) => method.Method.DeclaringType != declaringBase;
}
