using TdmPortal.Core.Schemas;

namespace TdmPortal.Core.PersonalData.Searching;

/// <summary>What names of columns say, in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish and the Nordic languages.</summary>
internal static class NamePatterns
{
    private static readonly HashSet<FieldType> Text = [FieldType.String];
    private static readonly HashSet<FieldType> Codes = [FieldType.String, FieldType.Integer, FieldType.Decimal];
    private static readonly HashSet<FieldType> Days = [FieldType.Date, FieldType.Timestamp, FieldType.String];
    private static readonly HashSet<FieldType> Numbers = [FieldType.Integer, FieldType.Decimal, FieldType.Double, FieldType.String];
    private static readonly HashSet<FieldType> Any = [.. Enum.GetValues<FieldType>()];

    public static IReadOnlyList<NamePattern> All { get; } =
    [
        new("first_name", 0.9, Text, "first_name firstname given_name givenname forename vorname rufname prenom primer_nombre nome_proprio primeiro_nome voornaam imie fornamn fornavn etunimi fname first_names"),
        new("middle_name", 0.85, Text, "middle_name middlename second_name zweiter_vorname deuxieme_prenom segundo_nombre patronymic middle_initial"),
        new("last_name", 0.9, Text, "last_name lastname surname family_name familyname maiden_name birth_name nachname familienname geburtsname nom_de_famille nom_famille apellido apellidos cognome sobrenome apelido achternaam nazwisko efternamn etternavn sukunimi lname"),
        new("full_name", 0.85, Text, "full_name fullname person_name customer_name contact_name employee_name patient_name student_name member_name guest_name passenger_name driver_name recipient_name sender_name cardholder cardholder_name card_holder account_holder holder_name owner_name signer kundenname ansprechpartner kontoinhaber karteninhaber nom_complet nombre_completo nome_completo nome_e_cognome volledige_naam next_of_kin emergency_contact beneficiary_name payee_name real_name legal_name reviewer_name submitter reporter_name ship_name mother_name father_name spouse_name"),
        new("full_name", 0.55, Text, "display_name displayname contact_person contact author_name caller requester recipient signatory"),
        new("initials", 0.6, Text, "initials initialen iniciales", true),
        new("user_name", 0.75, Text, "user_name username login login_name loginname user_login benutzername nutzername nom_utilisateur usuario nombre_usuario nome_utente gebruikersnaam nickname nick screen_name twitter_handle skype_id telegram"),
        new("signature", 0.7, Text, "signature unterschrift firma_digital assinatura"),
        new("photo", 0.75, Any, "photo avatar avatar_url profile_picture profile_photo profile_image portrait passport_photo passfoto headshot selfie foto_perfil"),
        new("customer_number", 0.55, Codes, "customer_number customer_no customernumber kundennummer kunden_nr membership_number member_number mitgliedsnummer patient_number patient_no patientennummer mrn employee_number personalnummer matricule numero_client student_number matrikelnummer loyalty_number policy_holder_number frequent_flyer_number", true),

        new("email", 0.93, Text, "email e_mail mail emailadresse mailadresse email_address emailaddress mail_address courriel correo correo_electronico email_direccion posta_elettronica adres_email sahkoposti epost e_post"),
        new("phone", 0.9, Codes, "phone phone_number phonenumber telephone tel telefon telefonnummer telefono telefone telefoon telefoonnummer rufnummer mobile mobile_phone mobile_number cell cell_phone cellphone handy handynummer mobil mobilnummer portable movil celular cellulare gsm komorka puhelin fax fax_number faxnummer whatsapp contact_number home_phone work_phone msisdn"),
        new("address", 0.8, Text, "address full_address postal_address mailing_address home_address billing_address shipping_address delivery_address anschrift adresse adresse_complete direccion direccion_completa indirizzo endereco morada adres postadress wohnadresse residence_address ship_address"),
        new("street", 0.85, Text, "street street_address street_name address_line address_line_1 address_line1 address1 line1 addr1 strasse str strassenname rue calle via rua straat ulica gata domicilio"),
        new("street", 0.65, Text, "address_line_2 address_line2 address2 line2 addr2 apartment suite adresszusatz complement", true),
        new("house_number", 0.6, Codes, "house_number house_no building_number hausnummer hausnr numero_civico numero_rue huisnummer", true),
        new("postcode", 0.7, Codes, "postcode post_code postal_code postalcode postal zip zip_code zipcode plz postleitzahl code_postal codigo_postal cap cep kod_pocztowy postnummer postinumero", true),
        new("city", 0.65, Text, "city town ort stadt wohnort ville ciudad citta cidade stad municipality suburb locality kommune miasto localita poblacion", true),
        new("region", 0.55, Text, "region state province county bundesland kanton departement provincia estado regione provincie wojewodztwo", true),
        new("country", 0.4, Text, "country country_code country_name land pays pais paese nation", true),

        new("social_security", 0.92, Codes, "ssn social_security social_security_number social_security_no socialsecuritynumber sozialversicherungsnummer svnr sv_nummer rentenversicherungsnummer numero_securite_sociale securite_sociale nir nino national_insurance national_insurance_number ni_number ahv ahv_nummer ahv_nr seguridad_social nss sin_number nhs_number"),
        new("national_id", 0.9, Codes, "national_id nationalid national_id_number national_identifier identity_number identity_card id_card id_card_number personal_id personal_number identification_number citizen_id personalausweis personalausweisnummer ausweisnummer carte_identite cni dni nie cedula pesel bsn burgerservicenummer rijksregisternummer personnummer personal_identity_code henkilotunnus hetu cpr cpr_number curp aadhaar aadhar rodne_cislo cnp oib egn fodselsnummer carta_identita bilhete_identidade rg kennitala"),
        new("tax_id", 0.85, Codes, "tax_id tax_number taxnumber tin itin tax_identifier steuer_id steuerid steuernummer steueridentifikationsnummer idnr nif codice_fiscale cpf tfn numero_fiscal nip rfc fiscal_code"),
        new("passport", 0.9, Codes, "passport passport_number passport_no passportnumber reisepass reisepassnummer passnummer passeport numero_passeport pasaporte passaporto passaporte paspoort paspoortnummer"),
        new("driving_licence", 0.88, Codes, "driving_licence driving_license drivers_license drivers_licence driver_license driver_licence driver_license_number licence_number license_number fuehrerschein fuehrerscheinnummer permis_de_conduire permiso_conducir licencia_conducir patente_guida rijbewijs"),
        new("vehicle_plate", 0.75, Text, "license_plate licence_plate number_plate plate plate_number registration_plate kennzeichen kfz_kennzeichen immatriculation matricula targa kenteken"),
        new("vin", 0.8, Text, "vin vehicle_identification_number chassis_number fahrgestellnummer fin_nummer"),

        new("iban", 0.93, Text, "iban iban_number"),
        new("bank_account", 0.85, Codes, "bank_account bank_account_number account_number accountnumber account_no acct_number acct_no kontonummer konto_nr numero_compte numero_cuenta cuenta_bancaria numero_conto numero_conta rekeningnummer numer_konta routing_number sort_code"),
        new("card", 0.92, Codes, "card_number cardnumber card_no credit_card creditcard credit_card_number debit_card debit_card_number cc_number ccnumber pan_number kartennummer kreditkarte kreditkartennummer numero_carte carte_bancaire tarjeta numero_tarjeta tarjeta_credito carta_di_credito numero_cartao kaartnummer"),
        new("card_expiry", 0.7, Any, "card_expiry card_expiration card_exp exp_date_card cc_exp cc_expiry ablaufdatum_karte card_expiry_date"),
        new("card_code", 0.9, Codes, "cvv cvc cvv2 cvc2 card_code card_security_code security_code pin pin_code pruefziffer_karte"),
        new("wallet", 0.75, Text, "wallet_address bitcoin_address crypto_address btc_address eth_address crypto_wallet"),
        new("salary", 0.85, Numbers, "salary base_salary annual_salary yearly_salary monthly_salary wage hourly_wage income annual_income gehalt jahresgehalt monatsgehalt lohn bruttogehalt einkommen salaire revenu_annuel sueldo salario stipendio ordenado salaris inkomen wynagrodzenie compensation"),
        new("credit_score", 0.65, Numbers, "credit_score credit_rating schufa schufa_score fico fico_score bonitaet", true),

        new("ip", 0.85, Text, "ip ip_address ipaddress ip_addr ipv4 ipv6 client_ip remote_addr remote_ip source_ip user_ip ip_adresse adresse_ip direccion_ip last_login_ip"),
        new("mac", 0.75, Text, "mac mac_address macaddr mac_addr"),
        new("device_id", 0.7, Any, "device_id device_identifier device_uuid imei imsi idfa gaid advertising_id udid android_id device_fingerprint browser_fingerprint iccid"),
        new("cookie", 0.65, Any, "cookie cookie_id tracking_cookie visitor_id session_cookie"),
        new("user_agent", 0.5, Text, "user_agent useragent", true),
        new("url", 0.6, Text, "personal_website personal_url linkedin linkedin_url facebook facebook_url instagram twitter twitter_url xing github_url profile_url social_profile"),

        new("latitude", 0.7, Numbers, "latitude lat geo_lat gps_lat breitengrad latitud latitudine", true),
        new("longitude", 0.7, Numbers, "longitude lng lon geo_lng geo_lon gps_lng gps_lon laengengrad longitud longitudine", true),
        new("geo", 0.75, Text, "gps gps_coordinates gps_position geolocation geo_location geo_position koordinaten coordonnees coordenadas last_location home_location"),
        new("whereabouts", 0.5, Text, "whereabouts aufenthaltsort current_location", true),

        new("birth_date", 0.93, Days, "birth_date birthdate birthday date_of_birth dob born geburtsdatum geburtstag date_de_naissance date_naissance fecha_nacimiento fecha_de_nacimiento data_nascita data_di_nascita data_nascimento data_de_nascimento geboortedatum data_urodzenia fodelsedatum syntymaaika birth_year year_of_birth geburtsjahr annee_naissance"),
        new("birth_date", 0.85, Numbers, "birth_year year_of_birth geburtsjahr annee_naissance"),
        new("birth_place", 0.85, Text, "birth_place birthplace place_of_birth birth_city birth_country geburtsort geburtsland lieu_de_naissance lugar_nacimiento luogo_nascita luogo_di_nascita local_nascimento geboorteplaats miejsce_urodzenia"),
        new("age", 0.7, Numbers, "age alter edad eta idade leeftijd wiek age_years", true),
        new("gender", 0.8, Any, "gender sex geschlecht sexe genero sexo sesso geslacht plec kon kjonn", true),
        new("nationality", 0.8, Text, "nationality citizenship nationalitaet staatsangehoerigkeit staatsbuergerschaft nationalite nacionalidad nazionalita nacionalidade cittadinanza nationaliteit obywatelstwo immigration_status"),
        new("marital_status", 0.8, Any, "marital_status marital civil_status familienstand situation_familiale etat_civil estado_civil stato_civile burgerlijke_staat stan_cywilny"),
        new("job_title", 0.5, Text, "job_title jobtitle occupation profession beruf berufsbezeichnung stellenbezeichnung puesto profesion professione profissao beroep zawod", true),
        new("employer", 0.45, Text, "employer employer_name arbeitgeber employeur empleador datore_di_lavoro werkgever", true),
        new("education", 0.5, Text, "education education_level degree bildungsabschluss hochschulabschluss gpa grade_point_average", true),

        new("health", 0.85, Any, "diagnosis diagnose diagnostic diagnostico disease illness icd icd_code icd10 medical_condition medical_history medical_record health_status health_condition medication prescription allergy allergies allergie allergien blood_type blood_group blutgruppe groupe_sanguin grupo_sanguineo gruppo_sanguigno disability disability_status behinderung behinderungsgrad handicap krankheit krankenkasse maladie enfermedad malattia symptoms symptom vaccination vaccination_status impfstatus pregnancy pregnant sick_leave krankheitstage insurance_number_health bmi"),
        new("genetic", 0.85, Any, "dna genome genetic genetic_data genotype"),
        new("biometric", 0.88, Any, "biometric biometrics fingerprint fingerabdruck iris_scan retina face_id face_template faceprint voice_print voiceprint empreinte_digitale huella_digital"),
        new("religion", 0.9, Any, "religion religious_affiliation religious denomination konfession religionszugehoerigkeit confession kirchensteuermerkmal religione religiao geloof wyznanie"),
        new("ethnicity", 0.9, Any, "ethnicity ethnic_origin ethnic_group race skin_color skin_colour ethnie ethnische_herkunft origine_ethnique etnia raza raca afkomst"),
        new("politics", 0.88, Any, "political_party political_affiliation political_opinion political_views party_affiliation parteizugehoerigkeit parti_politique partido_politico"),
        new("union", 0.88, Any, "trade_union union_member union_membership gewerkschaft gewerkschaftsmitglied syndicat sindicato vakbond"),
        new("sexual_orientation", 0.92, Any, "sexual_orientation sexual_preference sexuelle_orientierung orientation_sexuelle orientacion_sexual orientamento_sessuale"),
        new("criminal_record", 0.88, Any, "criminal_record conviction convictions criminal_history vorstrafe vorstrafen fuehrungszeugnis casier_judiciaire antecedentes_penales"),

        new("password", 0.92, Text, "password password_hash passwordhash pwd pwd_hash passwd passwd_hash passwort passworthash kennwort mot_de_passe contrasena senha wachtwoord haslo passphrase pass_hash encrypted_password password_digest password_salt salt"),
        new("secret", 0.8, Text, "secret api_key apikey api_token access_token refresh_token auth_token authentication_token private_key secret_key client_secret otp_secret totp_secret two_factor_secret reset_token remember_token session_token recovery_code recovery_codes"),
        new("security_question", 0.9, Text, "security_question security_answer secret_question secret_answer sicherheitsfrage sicherheitsantwort question_secrete pregunta_seguridad"),
        new("cookie", 0.6, Any, "session_id sessionid", true),
    ];

    /// <summary>Entities whose rows are people: there a plain "name" is a person's.</summary>
    public static readonly HashSet<string> People =
    [
        .. ("person people customer user employee patient contact member student teacher driver guest passenger client staff worker applicant candidate tenant_user subscriber citizen resident voter doctor nurse lawyer agent_person " +
            "kunde kunden person personen mitarbeiter benutzer nutzer patient patienten mitglied schueler student lehrer fahrer gast klient utilisateur employe salarie personne eleve " +
            "cliente clientes usuario empleado persona paciente alumno dipendente paziente persone utente klant medewerker gebruiker pracownik pacjent klient uzytkownik account_holder owner beneficiary recipient author").Split(' '),
    ];

    /// <summary>Last words that make a column speak about the thing instead of holding it: email_verified, phone_type.</summary>
    public static readonly HashSet<string> About =
    [
        .. ("type kind status state count verified confirmed valid flag enabled disabled active sent at on date time updated created format length size domain provider template subject body opt optin consent preference preferences " +
            "required allowed attempts expires expired expiry hint policy changed reset label typ art anzahl bestaetigt color colour currency amount total bonus rule level score rank order index brand network class category group ratio rate limit id").Split(' '),
    ];
}
