using Cake.Core;

namespace Cake.Frosting;

/// <summary>The context that tasks and lifetimes share during one run.</summary>
public interface IFrostingContext : ICakeContext;
