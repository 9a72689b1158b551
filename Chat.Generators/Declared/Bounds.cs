namespace Chat.Generators.Declared;

internal sealed record Bounds(double? Min, double? Max, int? MinLength, int? MaxLength)
{
    public static readonly Bounds None = new(null, null, null, null);
}
