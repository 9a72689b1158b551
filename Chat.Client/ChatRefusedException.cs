namespace Chat.Client;

/// <summary>Thrown by <see cref="Answer{T}.OrThrow"/> for a refusal.</summary>
public sealed class ChatRefusedException : Exception
{
    public ChatRefusedException(Refusal refusal) : base($"{refusal.Code}: {refusal.Text}") => Refusal = refusal;

    public Refusal Refusal { get; }
}
