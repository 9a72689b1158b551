using System.Text.Json.Serialization;

namespace Chat.LoadTest.Scenarios;

/// <summary>A part of a scenario's schedule: a constant rate, or a ramp if <see cref="From"/> is set.</summary>
/// <param name="Rate">Actions per second of each user, at the end of the stage.</param>
/// <param name="From">The rate at its beginning; null for <paramref name="Rate"/>.</param>
internal sealed record Stage(double Seconds, double Rate, double? From = null)
{
    [JsonIgnore]
    public double FirstRate => From ?? Rate;

    public Stage Times(double factor) => new(Seconds, Rate * factor, From * factor);
}
