namespace Sluice.Rollouts.Spec.Notifications;

/// <summary>What a message is made for.</summary>
public enum NotificationKind
{
    /// <summary>A program: a flat JSON object.</summary>
    Webhook,

    /// <summary>A workflow of Microsoft Teams that posts cards.</summary>
    Teams,

    /// <summary>An incoming webhook of Slack.</summary>
    Slack,
}
