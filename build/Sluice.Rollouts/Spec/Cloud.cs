namespace Sluice.Rollouts.Spec;

/// <summary>The cloud that answers, by the names that <c>az cloud list</c> uses; <see cref="Local"/> is the emulator.</summary>
public enum Cloud
{
    /// <summary>The local Azure ML that Sluice ships.</summary>
    Local,

    /// <summary>The public cloud.</summary>
    AzureCloud,

    /// <summary>Azure in China, operated by 21Vianet.</summary>
    AzureChinaCloud,

    /// <summary>Azure for the US government.</summary>
    AzureUSGovernment,
}
