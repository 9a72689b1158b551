namespace Chat.Plugins.Webhooks.Outgoing;

/// <summary>An event with its place in the queue of a webhook.</summary>
/// <param name="Place">Sorts as text, and ends with the id of the user whose event it is.</param>
internal sealed record Waiting(string Place, Happening Happening)
{
    /// <summary>The same at each try: the webhook's id and the place without the user.</summary>
    public string IdOf(OutgoingHook hook) => $"{hook.Id}-{Place.Split(':')[0]}";
}
