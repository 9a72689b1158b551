namespace Chat;

/// <param name="Count">The most invocations in any <paramref name="Per"/>; they may all come at once.</param>
public sealed record CommandRate(int Count, TimeSpan Per);
