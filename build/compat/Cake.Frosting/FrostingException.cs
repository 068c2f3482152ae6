namespace Cake.Frosting;

/// <summary>A mistake in how a build is put together, such as a dependency on a class that is no task.</summary>
public sealed class FrostingException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="FrostingException"/> class.</summary>
    /// <param name="message">What is wrong.</param>
    public FrostingException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="FrostingException"/> class.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What caused it.</param>
    public FrostingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
