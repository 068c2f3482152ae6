namespace Sluice.AzureML.Faults;

/// <summary>The service has ended and will not answer again, so that nothing is gained by another try.</summary>
/// <param name="message">What has ended, in a sentence.</param>
/// <param name="cause">What showed it.</param>
internal sealed class ServiceEndedException(string message, Exception cause) : Exception(message, cause)
{
    /// <summary>The one that a failure comes from; null when it comes from something else.</summary>
    public static ServiceEndedException? Behind(Exception? failure) => failure switch
    {
        null => null,
        ServiceEndedException ended => ended,
        AggregateException { InnerExceptions: [.., var last] } => Behind(last),
        _ => Behind(failure.InnerException),
    };
}
