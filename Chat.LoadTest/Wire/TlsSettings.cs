namespace Chat.LoadTest.Wire;

/// <param name="On">Whether to connect with TLS.</param>
/// <param name="Ca">PEM file of the authorities to trust; null trusts those of the operating system.</param>
internal sealed record TlsSettings(bool On, string? Ca);
